/** The English sample story: a company that puts warehouses in order, and those it works with. */
import type { SampleStory } from './build.ts';
import { englishContracts, englishContractWords } from './en-contracts.ts';
import { englishMeetings } from './en-meetings.ts';
import { englishOrganisations } from './en-organisations.ts';
import { englishPeople } from './en-people.ts';

export const englishStory: SampleStory = {
  timeZone: 'Europe/London',
  brand: {
    name: 'Rook House Automation',
    address: '1 Store Street, London WC1E 0AA',
    details: 'Rook House Automation Ltd\n+44 20 7946 0100 · office@rookhouse.example',
    colour: '#2f5d50',
    footer: 'Rook House Automation · warehouses that never stop dispatching',
    preparedBy: 'Irene Lane',
  },
  organisations: englishOrganisations,
  people: englishPeople,
  meetings: englishMeetings,
  contracts: englishContracts,
  contractWords: englishContractWords,
};
