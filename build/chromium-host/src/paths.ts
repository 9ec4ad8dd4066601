/** `app.getPath`: the folders of the operating system and of the app. */
import { homedir, tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { readFileSync } from 'node:fs';
import { host } from './host.ts';

function xdg(name: string, fallback: string): string {
  const home = homedir();
  try {
    const folder = process.env['XDG_CONFIG_HOME'] ?? join(home, '.config');
    const line = readFileSync(join(folder, 'user-dirs.dirs'), 'utf8')
      .split('\n')
      .find((text) => text.startsWith(`XDG_${name}_DIR=`));
    const value = line?.split('=')[1]?.replaceAll('"', '').replace('$HOME', home);
    if (value && isAbsolute(value)) return value;
  } catch {
    // No such file: the usual names.
  }
  return join(home, fallback);
}

function appData(): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library/Application Support');
  if (process.platform === 'win32') return process.env['APPDATA'] ?? join(homedir(), 'AppData/Roaming');
  return process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
}

class Paths {
  #set = new Map<string, string>();
  appName = 'Electron';
  appPath = '';

  get(name: string): string {
    const set = this.#set.get(name);
    if (set !== undefined) return set;
    switch (name) {
      case 'home':
        return homedir();
      case 'appData':
        return appData();
      case 'userData':
        return host.commandLine.switches.get('user-data-dir') || join(this.get('appData'), this.appName);
      case 'sessionData':
        return this.get('userData');
      case 'assets':
      case 'module':
        return dirname(host.executable);
      case 'temp':
        return tmpdir();
      case 'exe':
        return host.executable;
      case 'desktop':
        return xdg('DESKTOP', 'Desktop');
      case 'documents':
        return xdg('DOCUMENTS', 'Documents');
      case 'downloads':
        return xdg('DOWNLOAD', 'Downloads');
      case 'music':
        return xdg('MUSIC', 'Music');
      case 'pictures':
        return xdg('PICTURES', 'Pictures');
      case 'videos':
        return xdg('VIDEOS', 'Videos');
      case 'logs':
        return join(this.get('userData'), 'logs');
      case 'crashDumps':
        return join(this.get('userData'), 'Crashpad');
      default:
        throw new Error(`Failed to get '${name}' path`);
    }
  }

  set(name: string, path: string): void {
    if (!isAbsolute(path)) throw new Error('Path must be absolute');
    this.get(name);
    this.#set.set(name, path);
  }
}

export const paths = new Paths();
