/** safetensors' names of number formats, and torch's for them. */
const safetensorsTypes: Readonly<Record<string, string>> = {
  BOOL: 'bool', U8: 'uint8', I8: 'int8', U16: 'uint16', I16: 'int16', U32: 'uint32', I32: 'int32', U64: 'uint64',
  I64: 'int64', F16: 'float16', BF16: 'bfloat16', F32: 'float32', F64: 'float64', C64: 'complex64',
  F8_E4M3: 'float8_e4m3fn', F8_E5M2: 'float8_e5m2', F8_E8M0: 'float8_e8m0fnu',
  F8_E4M3FNUZ: 'float8_e4m3fnuz', F8_E5M2FNUZ: 'float8_e5m2fnuz', F4: 'float4_e2m1fn_x2',
};

/** torch's storage classes; the name contains the number format. */
const storageTypes: Readonly<Record<string, string>> = {
  DoubleStorage: 'float64', FloatStorage: 'float32', HalfStorage: 'float16', BFloat16Storage: 'bfloat16',
  LongStorage: 'int64', IntStorage: 'int32', ShortStorage: 'int16', CharStorage: 'int8', ByteStorage: 'uint8',
  BoolStorage: 'bool', ComplexFloatStorage: 'complex64', ComplexDoubleStorage: 'complex128',
  QInt8Storage: 'qint8', QUInt8Storage: 'quint8', QInt32Storage: 'qint32', QUInt4x2Storage: 'quint4x2',
  QUInt2x4Storage: 'quint2x4',
};

/** torch's name of a number format, given torch's or safetensors' name. */
export function torchDtype(name: string): string {
  const bare = name.replace(/^torch\./, '');
  return Object.hasOwn(safetensorsTypes, bare) ? safetensorsTypes[bare]! : bare;
}

/** The number format of a storage class; null for classes without one (`UntypedStorage`). */
export function storageDtype(className: string): string | null {
  return Object.hasOwn(storageTypes, className) ? storageTypes[className]! : null;
}
