/** How a found record is shown. */
import type { RecordView, SearchHit } from '../../shared/ipc/contract.ts';
import type { Rows } from './rows.ts';
import { searchableText } from './search-index.ts';
import { snippetOf } from './snippet.ts';

const joined = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' · ');

/** Title and subtitle from the record's row, snippet from its text; null when the record has no row. */
export function searchHit(view: RecordView, query: string, rows: Rows, related: readonly string[]): SearchHit | null {
  const heading = headingOf(view, rows);
  if (!heading) return null;
  return {
    type: view.type,
    id: view.id,
    ...heading,
    snippet: snippetOf(searchableText(view.type, view.data, related), query),
  };
}

function headingOf({ type, id }: RecordView, rows: Rows): { readonly title: string; readonly subtitle: string } | null {
  switch (type) {
    case 'organisation': {
      const [row] = rows.byIds('organisations', [id]);
      return row ? { title: row.name, subtitle: joined(row.industry, row.city) } : null;
    }
    case 'person': {
      const [row] = rows.byIds('people', [id]);
      return row ? { title: row.name, subtitle: joined(row.jobTitle, row.organisationName) } : null;
    }
    case 'meeting': {
      const [row] = rows.byIds('meetings', [id]);
      return row ? { title: row.title, subtitle: joined(row.start.slice(0, 10), row.organisationName) } : null;
    }
    case 'promise': {
      const [row] = rows.byIds('promises', [id]);
      return row ? { title: row.text, subtitle: joined(row.due, row.ownerName, row.organisationName) } : null;
    }
    case 'contract': {
      const [row] = rows.byIds('contracts', [id]);
      return row ? { title: joined(row.number, row.title), subtitle: joined(row.organisationName, row.end) } : null;
    }
    default:
      return null;
  }
}
