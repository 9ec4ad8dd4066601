import { useEffect, useState } from 'react';
import { call } from '../../app/ipc.ts';
import type { SearchHit } from '../../../shared/ipc/contract.ts';

const PAUSE = 90;

export interface SearchState {
  readonly text: string;
  readonly hits: readonly SearchHit[];
}

/** Hits for what is typed, asked for after a short pause; an older answer never replaces a newer one. */
export function useSearch(text: string, limit: number): SearchState {
  const [state, setState] = useState<SearchState>({ text: '', hits: [] });
  const wanted = text.trim();
  useEffect(() => {
    if (!wanted) {
      setState({ text: '', hits: [] });
      return undefined;
    }
    let outdated = false;
    const timer = setTimeout(() => {
      void call('vault:search', { text: wanted.slice(0, 400), limit }).then((result) => {
        if (!outdated) setState({ text: wanted, hits: result.ok ? result.value : [] });
      });
    }, PAUSE);
    return () => {
      outdated = true;
      clearTimeout(timer);
    };
  }, [wanted, limit]);
  return state;
}

const ORDER: readonly string[] = ['organisation', 'person', 'meeting', 'promise', 'contract'];

/** Hits by type, in the order of the sidebar; types without a heading are left out. */
export function groupHits(
  hits: readonly SearchHit[],
): readonly { readonly type: string; readonly hits: readonly SearchHit[] }[] {
  return ORDER.flatMap((type) => {
    const group = hits.filter((hit) => hit.type === type);
    return group.length > 0 ? [{ type, hits: group }] : [];
  });
}
