/** The commands of the administration: operands in, a value for JSON and an exit code out. */
import { deviceId, role, workspaceId } from '../../shared/sync/shapes.ts';
import { type ServerCommand, UsageError, wholeNumber } from './arguments.ts';
import type { Administration } from './workspaces.ts';

interface Answer {
  readonly value: unknown;
  /** 1 when the answer itself is bad news. */
  readonly code: 0 | 1;
}

const answer = (value: unknown): Answer => ({ value, code: 0 });
const DONE = answer({ done: true });

function named(what: string, shape: { safeParse: (text: unknown) => { success: boolean } }, text = ''): string {
  if (!shape.safeParse(text).success) throw new UsageError(`"${text}" is no ${what}`);
  return text;
}
const bound = (text: string | undefined, what: string, most: number): number | null =>
  text === 'off' ? null : wholeNumber(text ?? '', what, 1, most);

async function workspace(to: Administration, given: ServerCommand, address: () => string): Promise<Answer> {
  const [verb, name] = given.operands;
  const { days, withDevices } = given.options;
  if (verb === 'create' && name === undefined)
    return answer(await to.create(address(), days === undefined ? {} : { days }));
  if (verb === 'invite') return answer(await to.invite(named('workspace', workspaceId, name), address(), days));
  if (verb === 'remove') {
    await to.remove(named('workspace', workspaceId, name), withDevices ?? false);
    return DONE;
  }
  throw new UsageError('"workspace" is followed by "create", "invite WORKSPACE" or "remove WORKSPACE"');
}

/** `address` gives what codes carry; called when one is made. Throws UsageError and ServerError. */
export async function command(to: Administration, given: ServerCommand, address: () => string): Promise<Answer> {
  const { name, operands } = given;
  if (name === 'workspaces') return answer({ workspaces: await to.workspaces() });
  if (name === 'workspace') return workspace(to, given, address);
  if (name === 'epoch' && operands.length === 0) return answer({ renewed: await to.renewEpoch(null) });
  const place = named('workspace', workspaceId, operands[0]);
  const device = (): string => named('device', deviceId, operands[1]);
  switch (name) {
    case 'devices':
      return answer({ devices: await to.devices(place) });
    case 'revoke':
    case 'wipe':
      await to.revoke(place, device(), name === 'wipe');
      return DONE;
    case 'role':
      await to.setRole(place, device(), role.parse(named('role', role, operands[2])));
      return DONE;
    case 'lease':
      await to.set(place, 'lease_days', bound(operands[1], 'the lease', 3650));
      return DONE;
    case 'quota':
      await to.set(place, 'quota', bound(operands[1], 'the quota', Number.MAX_SAFE_INTEGER));
      return DONE;
    case 'epoch':
      return answer({ renewed: await to.renewEpoch(place) });
    case 'audit': {
      const audit = await to.audit(place);
      return { value: audit, code: audit.brokenAt === null ? 0 : 1 };
    }
    default:
      throw new UsageError(`unknown command "${name}"`);
  }
}
