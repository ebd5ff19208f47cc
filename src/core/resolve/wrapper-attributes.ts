import type { Mode } from '../config/mode.ts';

/**
 * Attributes that NNI's wrapper has before it registers targets, including its methods: it takes a parameter
 * target of such a name for registered (rule R2). As of torch 1.13 and Python 3.11.
 */
export const wrapperAttributes: ReadonlySet<string> = new Set(
  `__annotations__ __call__ __class__ __delattr__ __dict__ __dir__ __doc__ __eq__ __format__ __ge__ __getattr__
  __getattribute__ __getstate__ __gt__ __hash__ __init__ __init_subclass__ __le__ __lt__ __module__ __ne__ __new__
  __reduce__ __reduce_ex__ __repr__ __setattr__ __setstate__ __sizeof__ __str__ __subclasshook__ __weakref__ _apply
  _apply_mask_helper _apply_quant_helper _backward_hooks _buffers _call_impl _create_target_spaces
  _distil_observe_helper _forward_hooks _forward_pre_hooks _get_backward_hooks _get_name _input_args_spec
  _is_full_backward_hook _load_from_state_dict _load_state_dict_post_hooks _load_state_dict_pre_hooks
  _maybe_warn_non_full_backward_hook _modules _named_members _non_persistent_buffers_set _parameters
  _register_load_state_dict_pre_hook _register_state_dict_hook _replicate_for_data_parallel _save_to_state_dict
  _slow_forward _state_dict_hooks _track_info _transfer_args_name _transfer_input _version T_destination add_module apply bfloat16 buffers children config configs cpu cuda distillation_target_spaces double
  dump_patches eval extend_target_spaces extra_repr float forward freeze get_buffer get_extra_state get_parameter
  get_submodule half ipu load_state_dict module module_forward modules name named_buffers named_children named_modules
  named_parameters parameters patch_helper patch_inputs patch_outputs patch_params pruning_target_spaces
  quantization_target_spaces register_backward_hook register_bias register_buffer register_forward_hook
  register_forward_pre_hook register_full_backward_hook register_fusion_info register_load_state_dict_post_hook
  register_module register_parameter register_track_func requires_grad_ set_extra_state share_memory state_dict to
  to_empty train training type unfreeze unwrap update_bias update_calibration_config update_masks wrap xpu
  zero_grad`.split(/\s+/),
);

/** Of these, the ones that are `None`; all others are no tensors either, but something. */
export const emptyWrapperAttributes: ReadonlySet<string> = new Set(['__doc__', '__weakref__', '_is_full_backward_hook']);

/** The attributes that NNI adds to the wrapper with each target, by the end of their names (rule R2). */
export const addedWithTarget: Readonly<Record<Mode, readonly string[]>> = {
  pruning: ['_mask'],
  quantization: ['_scale', '_zero_point', '_tracked_max', '_tracked_min', '_qmin', '_qmax'],
  distillation: [],
};

const convolution: Readonly<Record<string, string>> = {
  in_channels: 'int', out_channels: 'int', groups: 'int', kernel_size: 'tuple', stride: 'tuple', dilation: 'tuple',
  output_padding: 'tuple', padding_mode: 'str', transposed: 'bool',
};
const norm: Readonly<Record<string, string>> = {
  num_features: 'int', eps: 'float', affine: 'bool', track_running_stats: 'bool',
};

/** Plain attributes of torch's layers that are registered for pruning or quantization, with their Python types. */
const layerAttributes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Linear: { in_features: 'int', out_features: 'int' },
  Conv1d: convolution,
  Conv2d: convolution,
  Conv3d: convolution,
  ConvTranspose1d: convolution,
  ConvTranspose2d: convolution,
  ConvTranspose3d: convolution,
  BatchNorm1d: norm,
  BatchNorm2d: norm,
  BatchNorm3d: norm,
  Embedding: { num_embeddings: 'int', embedding_dim: 'int' },
  ReLU: { inplace: 'bool' },
};

/** The Python type of a plain attribute of one of torch's layers; `null` where none is known. */
export function plainAttribute(type: string | null, className: string | null, name: string): string | null {
  if (type === null || (className !== null && !className.startsWith('torch.nn.'))) return null;
  const attributes = Object.hasOwn(layerAttributes, type) ? layerAttributes[type] : undefined;
  return attributes !== undefined && Object.hasOwn(attributes, name) ? attributes[name]! : null;
}
