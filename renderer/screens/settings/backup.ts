import { showError } from '../../app/commit.ts';
import { translate } from '../../app/i18n.ts';
import { call } from '../../app/ipc.ts';
import { notify } from '../../ui/toast.tsx';

/** Shows where a saved file is, in the system's file manager. */
export const showFile = (token: string): void => {
  void call('file:show', { token }).then((result) => {
    if (!result.ok) showError(result.error);
  });
};

/** Makes a backup where the person says; says where it is. */
export async function backUp(): Promise<void> {
  const made = await call('vault:backup', undefined);
  if (!made.ok) {
    showError(made.error);
    return;
  }
  const file = made.value;
  if (!file) return;
  notify({
    text: translate('settings.backupMade', { path: file.path }),
    action: { label: translate('common.showInFolder'), run: () => showFile(file.token) },
  });
}
