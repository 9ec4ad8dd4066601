/** The live view's tables: in memory, filled from the vault, thrown away at any moment. */
import { Dexie, type EntityTable } from 'dexie';
import type {
  CalendarRow,
  ContractRow,
  MeetingRow,
  OrganisationRow,
  PersonRow,
  PromiseRow,
} from '../../shared/model/rows.ts';

export class LiveDatabase extends Dexie {
  declare readonly organisations: EntityTable<OrganisationRow, 'id'>;
  declare readonly people: EntityTable<PersonRow, 'id'>;
  declare readonly meetings: EntityTable<MeetingRow, 'id'>;
  declare readonly promises: EntityTable<PromiseRow, 'id'>;
  declare readonly contracts: EntityTable<ContractRow, 'id'>;
  declare readonly calendars: EntityTable<CalendarRow, 'id'>;

  constructor(name = 'live') {
    super(name);
    this.version(1).stores({
      organisations: 'id, sortName',
      people: 'id, sortName, organisation',
      meetings: 'id, start, organisation, *people',
      promises: 'id, status, organisation, meeting, contract, ownerPerson',
      contracts: 'id, organisation, end',
      calendars: 'id, country',
    });
  }
}

export const live = new LiveDatabase();
