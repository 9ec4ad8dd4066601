/** `screen`: one display, as large as the X server says, or a common laptop's where nobody looks. */
import { spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { guard } from './guard.ts';
import { host } from './host.ts';

let size: { width: number; height: number } | undefined;

function screenSize(): { width: number; height: number } {
  if (!size) {
    size = { width: 1920, height: 1080 };
    if (!host.headless && process.platform === 'linux') {
      const text = String(spawnSync('xdpyinfo', { timeout: 1000 }).stdout ?? '');
      const match = /dimensions:\s+(\d+)x(\d+)/.exec(text);
      if (match) size = { width: Number(match[1]), height: Number(match[2]) };
    }
  }
  return size;
}

type DisplayPart = Pick<
  Electron.Display,
  'id' | 'label' | 'bounds' | 'workArea' | 'size' | 'workAreaSize' | 'scaleFactor' | 'rotation' | 'internal'
>;

export function primaryDisplay(): DisplayPart {
  const { width, height } = screenSize();
  const area = { x: 0, y: 0, width, height };
  return {
    id: 1,
    label: '',
    bounds: area,
    workArea: area,
    size: { width, height },
    workAreaSize: { width, height },
    scaleFactor: 1,
    rotation: 0,
    internal: false,
  };
}

class Screen extends EventEmitter {
  getPrimaryDisplay(): DisplayPart {
    return primaryDisplay();
  }
  getAllDisplays(): DisplayPart[] {
    return [primaryDisplay()];
  }
  getDisplayMatching(): DisplayPart {
    return primaryDisplay();
  }
  getDisplayNearestPoint(): DisplayPart {
    return primaryDisplay();
  }
  getCursorScreenPoint(): Electron.Point {
    return { x: 0, y: 0 };
  }
}

export const screen = guard('screen', new Screen());
