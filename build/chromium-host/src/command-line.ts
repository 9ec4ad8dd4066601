/** The command line as Electron reads it: `electron [switches] [path] [arguments]`. */

export interface CommandLine {
  /** Modules to load before the app (`-r`). */
  requires: string[];
  /** `--inspect` port, if asked for. */
  inspect: number | undefined;
  debuggingPort: number | undefined;
  /** Path of the app, or undefined in a packed app. */
  appPath: string | undefined;
  /** Every `--name[=value]`, before and after the path. */
  switches: Map<string, string>;
}

function portOf(value: string): number {
  const port = Number(value.split(':').pop());
  return Number.isInteger(port) ? port : 9229;
}

/** Reads the arguments after the executable. In a packed app (`packed`) there is no path: everything belongs to the app. */
export function parseCommandLine(args: readonly string[], packed: boolean): CommandLine {
  const result: CommandLine = {
    requires: [],
    inspect: undefined,
    debuggingPort: undefined,
    appPath: undefined,
    switches: new Map(),
  };
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] as string;
    if (result.appPath === undefined && !packed && (arg === '-r' || arg === '--require')) {
      i += 1;
      const name = args[i];
      if (name !== undefined) result.requires.push(name);
    } else if (arg.startsWith('--') && arg.length > 2) {
      const equals = arg.indexOf('=');
      const name = equals < 0 ? arg.slice(2) : arg.slice(2, equals);
      const value = equals < 0 ? '' : arg.slice(equals + 1);
      if (name === 'inspect' || name === 'inspect-brk') result.inspect = value === '' ? 9229 : portOf(value);
      else if (name === 'remote-debugging-port') result.debuggingPort = Number(value) || 0;
      if (!result.switches.has(name)) result.switches.set(name, value);
    } else if (!arg.startsWith('-') && result.appPath === undefined && !packed) {
      result.appPath = arg;
    }
  }
  return result;
}
