/** Long computations in small slices between frames, so that typing and scrolling never wait for them. */
import { useEffect, useRef, useState } from 'react';

/** Milliseconds of one slice: half a frame. A window that has nothing to do gives more (at most 50 by the browser). */
const SLICE = 8;
/** Milliseconds after which a slice comes in a busy window, too: it must not starve the answer. */
const LONGEST_WAIT = 48;

type Cancel = () => void;
/** `work` is told how many milliseconds it may take. */
function whenIdle(work: (time: number) => void): Cancel {
  if (typeof requestIdleCallback === 'function') {
    const run = (deadline: IdleDeadline): void => work(Math.max(SLICE, deadline.timeRemaining()));
    const handle = requestIdleCallback(run, { timeout: LONGEST_WAIT });
    return () => cancelIdleCallback(handle);
  }
  const handle = setTimeout(() => work(SLICE), 0);
  return () => clearTimeout(handle);
}

export interface Sliced {
  /** Elements done so far. */
  readonly done: number;
  readonly complete: boolean;
}

/**
 * Calls `work` for every element, a slice at a time, the first at once; begins anew when a dependency changes. `work`
 * keeps what it computes (a cache), so that going over known elements costs nothing.
 */
export function useSlices<T>(
  list: readonly T[] | undefined,
  work: (element: T) => void,
  deps: readonly unknown[],
): Sliced {
  const [state, setState] = useState<Sliced & { readonly of?: readonly unknown[] }>({ done: 0, complete: false });
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work;
  });
  useEffect(() => {
    if (!list) return undefined;
    const of = [list, ...deps];
    let next = 0;
    let cancel: Cancel | undefined;
    const step = (time = SLICE): void => {
      const until = performance.now() + time;
      while (next < list.length && performance.now() < until) {
        latest.current(list[next]!);
        next += 1;
      }
      const complete = next >= list.length;
      setState({ done: next, complete, of });
      if (!complete) cancel = whenIdle(step);
    };
    step();
    return () => cancel?.();
    // oxlint-disable-next-line react/exhaustive-deps -- the caller names what the work depends on
  }, [list, ...deps]);
  // What is known of another list or of other dependencies is no answer.
  const current = state.of?.length === deps.length + 1 && [list, ...deps].every((each, i) => each === state.of?.[i]);
  return current ? state : { done: 0, complete: false };
}
