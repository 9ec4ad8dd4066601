import { useEffect, useRef, useState } from 'react';

/** Changes closer together than this are one run through a list. Milliseconds. */
const RUN = 180;
const PAUSE = 110;

/** A value that follows at once when it changes now and then, and after a short pause when it changes in a run. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  const last = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (Object.is(settled, value)) return undefined;
    const now = performance.now();
    const running = now - last.current < RUN;
    last.current = now;
    if (!running) {
      setSettled(value);
      return undefined;
    }
    const timer = setTimeout(() => setSettled(value), PAUSE);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- only a new value starts the pause
  }, [value]);
  return settled;
}
