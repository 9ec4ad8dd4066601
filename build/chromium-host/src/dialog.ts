/** `dialog`: the desktop's own chooser (zenity or kdialog) where somebody sits in front of it; tests replace the functions. */
import { spawn, spawnSync } from 'node:child_process';
import type Electron from 'electron';
import { guard } from './guard.ts';
import { host } from './host.ts';

type Options = Electron.OpenDialogOptions & Electron.SaveDialogOptions;

/** Answers prepared by a test, taken in order; used before anything is shown. */
function prepared<T>(): T | undefined {
  const queue = (globalThis as { __rapportDialogQueue?: unknown[] }).__rapportDialogQueue;
  return queue?.shift() as T | undefined;
}

function tool(): 'zenity' | 'kdialog' | undefined {
  if (host.headless) return undefined;
  return (['zenity', 'kdialog'] as const).find(
    (name) => spawnSync(name, ['--version'], { timeout: 2000 }).status === 0,
  );
}

function unseen(what: string): void {
  process.stderr.write(`No one can answer: ${what} needs a display with zenity or kdialog\n`);
}

/** Resolves to the exit code and what was printed. */
function run(program: string, args: string[]): Promise<{ code: number; text: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    child.on('error', () => resolve({ code: 1, text: '' }));
    child.on('close', (code) => resolve({ code: code ?? 1, text: text.replace(/\n$/, '') }));
  });
}

function chooserArguments(program: 'zenity' | 'kdialog', options: Options, save: boolean): string[] {
  const properties: string[] = options.properties ?? [];
  const folder = properties.includes('openDirectory');
  const multiple = properties.includes('multiSelections');
  const patterns = (extensions: string[]): string =>
    extensions.map((extension) => (extension === '*' ? '*' : `*.${extension}`)).join(' ');
  if (program === 'zenity') {
    return [
      '--file-selection',
      ...(options.title ? [`--title=${options.title}`] : []),
      ...(options.defaultPath ? [`--filename=${options.defaultPath}`] : []),
      ...(save ? ['--save', '--confirm-overwrite'] : []),
      ...(folder ? ['--directory'] : []),
      ...(multiple ? ['--multiple', '--separator=\n'] : []),
      ...(options.filters ?? []).map((filter) => `--file-filter=${filter.name} | ${patterns(filter.extensions)}`),
    ];
  }
  const filter = (options.filters ?? []).map(({ name, extensions }) => `${name} (${patterns(extensions)})`).join('|');
  const command = save ? '--getsavefilename' : folder ? '--getexistingdirectory' : '--getopenfilename';
  const more = multiple ? ['--multiple', '--separate-output'] : [];
  return [
    ...(options.title ? ['--title', options.title] : []),
    ...more,
    command,
    options.defaultPath ?? '.',
    ...(filter && !folder ? [filter] : []),
  ];
}

/** Options come first or after a window. */
function last<T>(args: unknown[]): T {
  return (args[args.length - 1] ?? {}) as T;
}

async function choose(options: Options, save: boolean): Promise<string[]> {
  const program = tool();
  if (!program) {
    unseen(save ? 'dialog.showSaveDialog' : 'dialog.showOpenDialog');
    return [];
  }
  const { code, text } = await run(program, chooserArguments(program, options, save));
  return code === 0 && text !== '' ? text.split('\n') : [];
}

async function ask(options: Electron.MessageBoxOptions): Promise<number> {
  const buttons = options.buttons?.length ? options.buttons : ['OK'];
  const cancel =
    options.cancelId ??
    Math.max(
      0,
      buttons.findIndex((label) => /^(cancel|no|отмена|нет)$/i.test(label)),
    );
  const program = tool();
  if (!program) {
    unseen('dialog.showMessageBox');
    return cancel;
  }
  const text = [options.message, options.detail].filter(Boolean).join('\n\n');
  if (program === 'kdialog') {
    const { code, text: chosen } = await run('kdialog', [
      '--menu',
      text,
      ...buttons.flatMap((label, i) => [String(i), label]),
    ]);
    return code === 0 ? Number(chosen) : cancel;
  }
  const kind = buttons.length === 1 ? '--info' : '--question';
  const extra = buttons.slice(1).map((label) => `--extra-button=${label}`);
  const first =
    buttons.length === 1 ? [`--ok-label=${buttons[0]}`] : ['--switch', ...extra, `--extra-button=${buttons[0]}`];
  const { code, text: chosen } = await run('zenity', [
    kind,
    `--text=${text}`,
    '--no-markup',
    `--title=${options.title ?? ''}`,
    ...first,
  ]);
  const at = buttons.indexOf(chosen);
  return at >= 0 ? at : code === 0 ? 0 : cancel;
}

const functions = {
  async showOpenDialog(...args: unknown[]): Promise<Electron.OpenDialogReturnValue> {
    const answer = prepared<Electron.OpenDialogReturnValue>();
    if (answer) return answer;
    const filePaths = await choose(last<Options>(args), false);
    return { canceled: filePaths.length === 0, filePaths };
  },
  async showSaveDialog(...args: unknown[]): Promise<Electron.SaveDialogReturnValue> {
    const answer = prepared<Electron.SaveDialogReturnValue>();
    if (answer) return answer;
    const [filePath] = await choose(last<Options>(args), true);
    return { canceled: filePath === undefined, filePath: filePath ?? '' };
  },
  async showMessageBox(...args: unknown[]): Promise<Electron.MessageBoxReturnValue> {
    const answer = prepared<Electron.MessageBoxReturnValue>();
    if (answer) return answer;
    const options = last<Electron.MessageBoxOptions>(args);
    return { response: await ask(options), checkboxChecked: options.checkboxChecked ?? false };
  },
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`${title}\n${content}\n`);
    if (tool() === 'zenity') void run('zenity', ['--error', `--title=${title}`, `--text=${content}`, '--no-markup']);
  },
};

export const dialog = guard('dialog', functions);
