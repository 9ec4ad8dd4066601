/** Seconds of work before a rate means anything. */
const SETTLED = 0.7;

/** Rows per second and seconds left; null while too little has been done to say. */
export function pace(
  progress: { readonly done: number; readonly total: number },
  seconds: number,
): { readonly rate: number; readonly left: number } | null {
  if (seconds < SETTLED || progress.done <= 0 || progress.total <= 0) return null;
  const rate = progress.done / seconds;
  return { rate, left: Math.max(0, (progress.total - progress.done) / rate) };
}
