function named(names: string): ReadonlySet<string> {
  return new Set(names.split(' ').map((name) => `aten::${name}`));
}

/** Operations that work on each element by itself. */
export const elementwise = named(
  'batch_norm relu relu_ relu6 hardtanh hardtanh_ hardswish hardswish_ silu silu_ gelu sigmoid hardsigmoid hardsigmoid_ tanh elu elu_ selu selu_ alpha_dropout feature_alpha_dropout '
  + 'leaky_relu leaky_relu_ softplus mish softmax log_softmax dropout dropout_ feature_dropout contiguous clone detach to type_as alias '
  + 'layer_norm group_norm instance_norm float sqrt abs neg exp sigmoid_ tanh_ pow rsqrt prelu _prelu_kernel celu celu_ rrelu log_sigmoid '
  + 'hardshrink softshrink softsign threshold clamp clamp_ clamp_min clamp_max erf sin cos square sign floor round',
);

/** Operations whose results along one dimension depend on each other. */
export const softmaxes = named('softmax log_softmax');
/** Operations on elements whose masks and gradients NNI copies. */
export const activations = named(
  'relu relu_ relu6 hardtanh hardtanh_ hardswish hardswish_ silu silu_ gelu hardsigmoid hardsigmoid_ elu elu_ selu leaky_relu leaky_relu_ softplus mish '
  + 'softmax log_softmax celu celu_ rrelu log_sigmoid hardshrink softshrink softsign clone detach batch_norm layer_norm group_norm instance_norm',
);

/** Operations that work on positions and leave channels as they are. */
export const pooling = named(
  'max_pool2d avg_pool2d adaptive_avg_pool2d adaptive_max_pool2d max_pool1d avg_pool1d adaptive_avg_pool1d upsample_nearest2d '
  + 'upsample_bilinear2d constant_pad_nd pad max_pool3d avg_pool3d adaptive_avg_pool3d upsample_bicubic2d reflection_pad2d',
);

/** Operations whose results are numbers, not channels. */
export const withoutMask: ReadonlySet<string> = new Set([
  ...named('size Int ScalarImplicit arange zeros ones full floor_divide'), 'prim::NumToTensor',
]);

/** Place of the tensor whose sizes, and nothing else of it, an operation takes. */
export const templates: Readonly<Record<string, number>> = {
  'aten::expand_as': 1, 'aten::zeros_like': 0, 'aten::ones_like': 0, 'aten::full_like': 0,
};

/** Place of the list of sizes that an operation spreads a value to. */
export const sizedBy: Readonly<Record<string, number>> = {
  'aten::expand': 1, 'aten::repeat': 1, 'aten::zeros': 0, 'aten::ones': 0, 'aten::full': 0, 'aten::new_zeros': 1, 'aten::new_ones': 1, 'aten::new_full': 1,
};

/** Operations that read nothing of a tensor but its sizes. */
export const dependsOnSizes = named('size zeros_like ones_like full_like new_zeros new_ones new_full');

export const convolutions = named('_convolution conv2d conv1d');
export const expansions = named('expand expand_as');
export const sums = named('add sub rsub subtract maximum');
/** The smaller of two operands. NNI's random numbers are positive, so that 0 wins. */
export const minima = named('minimum');
export const differences = named('sub rsub subtract');
/** Sums whose gradient is 1 or −1; the gradient of a maximum goes to either. */
export const linearSums = named('add sub rsub subtract');
export const products = named('mul multiply');
export const quotients = named('div divide');
export const reductions = named('mean sum amax amin max min prod var std logsumexp norm linalg_vector_norm');
export const reshapes = named('view reshape flatten unflatten _reshape_alias squeeze unsqueeze');
/** Operations that put elements in another place along some dimensions. */
export const moves = named('roll flip');
export const transpositions = named('permute transpose t');
export const joins = named('cat stack');
export const slices = named('slice select narrow');
export const splits = named('chunk split split_with_sizes unbind');
export const matrixProducts = named('matmul bmm');
export const constructs: ReadonlySet<string> = new Set(['prim::ListConstruct', 'prim::TupleConstruct']);

/** The name without the mark of an operation in place. */
export function baseOf(op: string): string {
  return op.endsWith('_') ? op.slice(0, -1) : op;
}
