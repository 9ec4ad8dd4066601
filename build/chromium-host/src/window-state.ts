/** Kept sizes and places of windows (`windowStatePersistence`), beside the app's other data. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type Electron from 'electron';
import { paths } from './paths.ts';

interface State {
  bounds: Electron.Rectangle;
  maximized: boolean;
}

const file = (): string => join(paths.get('userData'), 'chromium-host-windows.json');

function read(): Record<string, State> {
  try {
    return existsSync(file()) ? (JSON.parse(readFileSync(file(), 'utf8')) as Record<string, State>) : {};
  } catch {
    return {};
  }
}

function write(states: Record<string, State>): void {
  mkdirSync(dirname(file()), { recursive: true });
  writeFileSync(`${file()}.tmp`, JSON.stringify(states));
  renameSync(`${file()}.tmp`, file());
}

export function readWindowState(name: string): State | undefined {
  return read()[name];
}
export function writeWindowState(name: string, state: State): void {
  write({ ...read(), [name]: state });
}
export function clearWindowState(name: string): void {
  const states = read();
  delete states[name];
  write(states);
}
