import { useT } from '../../app/i18n.ts';
import { Segmented } from '../../ui/index.ts';
import { type ContractsView, showContractsView, useContractsView } from './views.ts';

/** The views that are built, in the order in which they are offered. */
const OFFERED: readonly ContractsView[] = ['list', 'decisions'];

/** Chooses how all contracts are looked at. */
export function ViewSwitch() {
  const t = useT();
  const view = useContractsView((state) => state.view);
  return (
    <Segmented
      label={t('deadlines.views.label')}
      hideLabel
      options={OFFERED.map((id) => ({ id, label: t(`deadlines.views.${id}`) }))}
      value={view}
      onChange={showContractsView}
    />
  );
}
