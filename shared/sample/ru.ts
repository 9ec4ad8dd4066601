/** The Russian sample story: a company that puts warehouses in order, and those it works with. */
import type { SampleStory } from './build.ts';
import { russianContracts, russianContractWords } from './ru-contracts.ts';
import { russianMeetings } from './ru-meetings.ts';
import { russianOrganisations } from './ru-organisations.ts';
import { russianPeople } from './ru-people.ts';

export const russianStory: SampleStory = {
  timeZone: 'Europe/Moscow',
  brand: {
    name: 'Ладья Автоматизация',
    address: '115000, Москва, ул. Складская, 1',
    details: 'ООО «Ладья Автоматизация»\n+7 495 555-01-00 · office@ladya.example',
    colour: '#2f5d50',
    footer: 'Ладья Автоматизация · складской учёт без остановки отгрузки',
    preparedBy: 'Ирина Лебедева',
  },
  organisations: russianOrganisations,
  people: russianPeople,
  meetings: russianMeetings,
  contracts: russianContracts,
  contractWords: russianContractWords,
};
