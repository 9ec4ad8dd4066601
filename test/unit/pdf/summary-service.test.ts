import { describe, expect, it } from 'vitest';
import { prepareSummary, refuseUnseen, type SummaryReads } from '../../../electron/export/summary-service.ts';
import type { Json } from '../../../shared/change/types.ts';
import type { RecordView } from '../../../shared/ipc/contract.ts';
import { sampleBatch } from '../../../shared/sample/index.ts';

/** The sample as the vault would show it. */
function sampleVault(language: 'ru' | 'en'): { readonly reads: SummaryReads; readonly views: readonly RecordView[] } {
  let n = 0;
  const views = sampleBatch(language, '2026-11-23', { newId: () => `id${n++}` }).map((change, i): RecordView => {
    const data: Record<string, Json> = {};
    for (const [field, value] of Object.entries(change.value as Record<string, Json>)) {
      const [name = '', key] = field.split('/');
      data[name] = key === undefined ? value : { ...(data[name] as Record<string, Json> | undefined), [key]: value };
    }
    return { id: change.record, type: change.type, data, deleted: false, createdAt: i, changedAt: i, conflicts: [] };
  });
  const where = (type: string, field: string, value: string | undefined): readonly RecordView[] =>
    views.filter((view) => view.type === type && view.data[field] === value);
  return {
    views,
    reads: {
      record: async (id) => views.find((view) => view.id === id) ?? null,
      records: async (ids) => views.filter((view) => ids.includes(view.id)),
      promises: async ({ meeting }) => where('promise', 'meeting', meeting),
      affiliations: async ({ person }) => where('affiliation', 'person', person),
    },
  };
}

describe('the summary service', () => {
  it('prepares every meeting of the sample in every layout, with fonts for every character', async () => {
    for (const language of ['ru', 'en'] as const) {
      const { reads, views } = sampleVault(language);
      for (const meeting of views.filter((view) => view.type === 'meeting')) {
        for (const layout of ['brief', 'standard', 'protocol', 'internal'] as const) {
          const made = await prepareSummary(reads, { meeting: meeting.id, language, layout, today: '2026-11-23' });
          expect(made.missingGlyphs).toEqual([]);
          expect(made.leaks).toEqual([]);
          expect(made.html).toContain('@font-face');
          expect(made.html).not.toContain('summary.doc.');
        }
      }
    }
  });
  it('brings jobs, organisations and the letterhead together', async () => {
    const { reads, views } = sampleVault('ru');
    const meeting = views.find((view) => view.type === 'meeting') as RecordView;
    const made = await prepareSummary(reads, {
      meeting: meeting.id,
      language: 'ru',
      layout: 'standard',
      today: '2026-11-23',
    });
    for (const text of ['Ладья Автоматизация', 'Соколова Анна Игоревна', 'Коммерческий директор', 'П. А. Белов']) {
      expect(made.html.replaceAll('\u00a0', ' ')).toContain(text);
    }
    expect(made.fileName).toBe('2026-11-20 Волга-Логистика – Резюме встречи.pdf');
    expect(made.included).toEqual({ paragraphs: 10, decisions: 3, promises: 5 });
    expect(made.leftOut.map((item) => item.kind).sort()).toEqual([
      'agenda',
      'decision',
      'paragraph',
      'paragraph',
      'paragraph',
      'promise',
    ]);
  });
  it('lets go only what was looked at: a mark that was changed meanwhile, in either direction, is another document', async () => {
    const { reads, views } = sampleVault('ru');
    const meeting = views.find((view) => view.type === 'meeting') as RecordView;
    const request = { meeting: meeting.id, language: 'ru', layout: 'standard', today: '2026-11-23' } as const;
    const seen = await prepareSummary(reads, request);
    expect(() => refuseUnseen(seen, seen.html)).not.toThrow();
    const decisions = meeting.data['decisions'] as Record<string, { visibility: string }>;
    for (const [key, decision] of Object.entries(decisions)) {
      const visibility = decision.visibility === 'client' ? 'private' : 'client';
      const changed = { ...meeting.data, decisions: { ...decisions, [key]: { ...decision, visibility } } };
      const now = await prepareSummary(
        { ...reads, record: async (id) => (id === meeting.id ? { ...meeting, data: changed } : reads.record(id)) },
        request,
      );
      expect(() => refuseUnseen(now, seen.html)).toThrow(
        expect.objectContaining({ error: { code: 'summary.changed' } }),
      );
    }
    expect(() => refuseUnseen(seen, undefined)).toThrow(
      expect.objectContaining({ error: { code: 'summary.changed' } }),
    );
  });
  it('says which characters its fonts do not have, and where they stand', async () => {
    const { reads, views } = sampleVault('ru');
    const meeting = views.find((view) => view.type === 'meeting') as RecordView;
    const data = { ...meeting.data, summary: 'Запуск 🚀 в мае.\nКитайская сторона: 交货日期 согласована.' };
    const made = await prepareSummary(
      { ...reads, record: async (id) => (id === meeting.id ? { ...meeting, data } : reads.record(id)) },
      { meeting: meeting.id, language: 'ru', layout: 'brief', today: '2026-11-23' },
    );
    expect(made.missingGlyphs).toEqual(['🚀', '交', '货', '日', '期']);
    expect(made.missingPlaces.map((place) => place.replaceAll('\u00a0', ' '))).toEqual([
      'Запуск 🚀 в мае.',
      'Китайская сторона: 交货日期 согласована.',
    ]);
  });
  it('refuses what is not a meeting', async () => {
    const { reads, views } = sampleVault('ru');
    const person = views.find((view) => view.type === 'person') as RecordView;
    for (const id of ['missing', person.id]) {
      await expect(
        prepareSummary(reads, { meeting: id, language: 'ru', layout: 'brief', today: '2026-11-23' }),
      ).rejects.toMatchObject({
        error: { code: 'summary.meetingMissing' },
      });
    }
  });
});
