/** Before the app locks, sleeps or closes, main asks for everything that is typed but not yet saved. */
import { settled } from './status.ts';

type Flusher = () => Promise<void> | void;
const flushers = new Set<Flusher>();

/** Adds something to be saved when main asks; returns a function that removes it. */
export function onFlush(flusher: Flusher): () => void {
  flushers.add(flusher);
  return () => {
    flushers.delete(flusher);
  };
}

/** Saves everything: fields being edited commit when they lose the focus, editors by their own flushers. */
export async function flushAll(): Promise<void> {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  await Promise.allSettled([...flushers].map(async (flusher) => flusher()));
  await settled();
}

/** Answers main's question whenever it comes. Returns a function that stops. */
export const answerFlush = (): (() => void) =>
  window.rapport.subscribe['app:flush'](({ ticket }) => {
    void flushAll().then(() => window.rapport.flushed(ticket));
  });
