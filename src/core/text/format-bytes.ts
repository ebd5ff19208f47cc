const units = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** `46800000` → `46.8 MB`: three digits, in steps of 1000. Below 1000: `512 bytes`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : Number(value.toPrecision(3))} ${units[unit]}`;
}
