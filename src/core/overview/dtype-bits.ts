const aliases: Readonly<Record<string, number>> = {
  bool: 8, half: 16, float: 32, double: 64, short: 16, int: 32, long: 64,
};

/** Bits of one element of a dtype (`float32`, `float8_e4m3fn`, `torch.bfloat16`); `null` for one not known. */
export function dtypeBits(dtype: string | null): number | null {
  if (dtype === null) return null;
  const name = dtype.replace(/^torch\./, '');
  const width = /^(?:b?float|u?int|q?u?int|complex|bits)(\d+)/.exec(name)?.[1];
  return width === undefined ? (aliases[name] ?? null) : Number(width);
}
