/** Prints HTML by the runtime that RAPPORT_ELECTRON names (set by the launcher): nothing touches the disk in between. */
import { spawn } from 'node:child_process';
import { AppFailure } from '../../shared/result.ts';

const PRINT_MILLISECONDS = 60_000;

/** Rejects with `print.noRuntime` or `print.failed`. */
export function print(html: string): Promise<Uint8Array> {
  const program = process.env['RAPPORT_ELECTRON'];
  const main = process.env['RAPPORT_PRINT_MAIN'];
  if (!program || !main) throw new AppFailure('print.noRuntime');
  return new Promise((done, refuse) => {
    const child = spawn(program, [main], { stdio: ['pipe', 'pipe', 'pipe'] });
    let out = '';
    let problem = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), PRINT_MILLISECONDS);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      problem = (problem + text).slice(-2000);
    });
    child.on('error', (error) => refuse(new AppFailure('print.failed', {}, error.message)));
    child.on('close', () => {
      clearTimeout(timer);
      const base64 = /^RAPPORT-PDF (\S+)$/m.exec(out)?.[1];
      if (base64) done(Buffer.from(base64, 'base64'));
      else refuse(new AppFailure('print.failed', {}, problem));
    });
    child.stdin.end(JSON.stringify({ html }));
  });
}

/** Today by this machine's zone. */
export function localToday(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, '0')).join('-');
}
