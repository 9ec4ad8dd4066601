/** The names of all channels, without the validators: what the preload needs. Kept complete by the type check below. */
import type { ChannelName, EventName } from './contract.ts';

export const CHANNEL_NAMES = [
  'app:boot',
  'app:settings',
  'app:quit',
  'app:online',
  'vault:create',
  'vault:unlock',
  'vault:lock',
  'vault:commit',
  'vault:undo',
  'vault:fill',
  'vault:record',
  'vault:records',
  'vault:history',
  'vault:affiliations',
  'vault:promises',
  'vault:conflicts',
  'vault:differences',
  'vault:note-versions',
  'vault:note-at',
  'vault:recovery',
  'vault:bin',
  'vault:search',
  'vault:meetings',
  'vault:duplicates',
  'vault:backup',
  'vault:restore',
  'vault:verify',
  'vault:passphrase',
  'sample:add',
  'sample:remove',
  'import:choose',
  'import:open',
  'import:reread',
  'import:rows',
  'import:plan',
  'import:commit',
  'import:cancel',
  'summary:preview',
  'summary:save',
  'file:show',
  'file:open',
] as const satisfies readonly ChannelName[];

export const EVENT_CHANNELS = [
  'live:update',
  'vault:state',
  'app:menu',
  'app:settings-changed',
  'app:online-changed',
  'import:progress',
  'app:flush',
] as const satisfies readonly EventName[];

type Missing =
  | Exclude<ChannelName, (typeof CHANNEL_NAMES)[number]>
  | Exclude<EventName, (typeof EVENT_CHANNELS)[number]>;
/** Does not compile when a channel or event of the contract is not named above. */
export const allNamed: [Missing] extends [never] ? true : Missing = true;
