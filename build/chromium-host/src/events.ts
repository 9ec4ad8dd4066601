/** Event objects as Electron passes them: with `preventDefault`. */

export interface Preventable {
  defaultPrevented: boolean;
  preventDefault(): void;
}

export function createPreventable<T extends object>(details?: T): T & Preventable {
  const event = {
    ...(details as T),
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  return event;
}
