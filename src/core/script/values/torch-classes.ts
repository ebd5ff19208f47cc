/** Classes of `torch.nn`, by their bare names. Own classes of a model are all others. */
const torchNames = new Set(
  `Module Identity Linear Bilinear LazyLinear NonDynamicallyQuantizableLinear Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d
  ConvTranspose3d LazyConv1d LazyConv2d LazyConv3d LazyConvTranspose1d LazyConvTranspose2d LazyConvTranspose3d Unfold Fold MaxPool1d
  MaxPool2d MaxPool3d MaxUnpool1d MaxUnpool2d MaxUnpool3d AvgPool1d AvgPool2d AvgPool3d FractionalMaxPool2d FractionalMaxPool3d
  LPPool1d LPPool2d LPPool3d AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d AdaptiveAvgPool1d AdaptiveAvgPool2d
  AdaptiveAvgPool3d ReflectionPad1d ReflectionPad2d ReflectionPad3d ReplicationPad1d ReplicationPad2d ReplicationPad3d ZeroPad1d
  ZeroPad2d ZeroPad3d ConstantPad1d ConstantPad2d ConstantPad3d CircularPad1d CircularPad2d CircularPad3d ELU Hardshrink Hardsigmoid
  Hardtanh Hardswish LeakyReLU LogSigmoid MultiheadAttention PReLU ReLU ReLU6 RReLU SELU CELU GELU Sigmoid SiLU Mish Softplus
  Softshrink Softsign Tanh Tanhshrink Threshold GLU Softmin Softmax Softmax2d LogSoftmax AdaptiveLogSoftmaxWithLoss BatchNorm1d
  BatchNorm2d BatchNorm3d LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d GroupNorm SyncBatchNorm InstanceNorm1d InstanceNorm2d
  InstanceNorm3d LazyInstanceNorm1d LazyInstanceNorm2d LazyInstanceNorm3d LayerNorm LocalResponseNorm RMSNorm RNNBase RNN LSTM GRU
  RNNCell LSTMCell GRUCell Transformer TransformerEncoder TransformerDecoder TransformerEncoderLayer TransformerDecoderLayer Dropout
  Dropout1d Dropout2d Dropout3d AlphaDropout FeatureAlphaDropout Embedding EmbeddingBag CosineSimilarity PairwiseDistance
  PixelShuffle PixelUnshuffle Upsample UpsamplingNearest2d UpsamplingBilinear2d ChannelShuffle Flatten Unflatten Sequential
  ModuleList ModuleDict ParameterList ParameterDict`.split(/\s+/),
);

/** Classes of torch that others are made from, with all that are made from them in torch itself. */
const madeFrom: Readonly<Record<string, RegExp>> = {
  Module: /./,
  _ConvNd: /^(?:Lazy)?Conv(?:Transpose)?[123]d$/,
  _ConvTransposeNd: /^(?:Lazy)?ConvTranspose[123]d$/,
  _BatchNorm: /^(?:(?:Lazy)?BatchNorm[123]d|SyncBatchNorm)$/,
  _InstanceNorm: /^(?:Lazy)?InstanceNorm[123]d$/,
  _NormBase: /^(?:(?:Lazy)?(?:Batch|Instance)Norm[123]d|SyncBatchNorm)$/,
  Linear: /^(?:Lazy|NonDynamicallyQuantizable)Linear$/,
  RNNBase: /^(?:RNN|LSTM|GRU)$/,
  RNNCellBase: /^(?:RNN|LSTM|GRU)Cell$/,
  Hardtanh: /^ReLU6$/,
};

/** Whether the class is one of `torch.nn`. */
export function isTorchClass(name: string): boolean {
  return torchNames.has(name);
}

/** Whether torch makes the class `name` from the class `base`, or they are the same. */
export function isMadeFrom(name: string, base: string): boolean {
  if (name === base) return true;
  const made = Object.hasOwn(madeFrom, base) ? madeFrom[base]! : null;
  return made !== null ? made.test(name) : name === `Lazy${base}` && torchNames.has(name);
}
