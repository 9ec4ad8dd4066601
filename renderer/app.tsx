import { I18nProvider } from 'react-aria-components';
import { useLanguage, useT } from './app/i18n.ts';
import { useSession } from './app/session.ts';
import { CrashGuard } from './screens/start/crash.tsx';
import { Problem } from './screens/start/problem.tsx';
import { Start } from './screens/start/start.tsx';
import { Unlock } from './screens/start/unlock.tsx';
import { Shell } from './screens/shell/shell.tsx';
import { ToastRegion } from './ui/index.ts';

function Stage() {
  const vault = useSession((state) => state.vault);
  const firstRun = useSession((state) => state.firstRun);
  if (!vault) return null;
  if (vault.state === 'problem') return <Problem error={vault.error} />;
  if (vault.state === 'none' || firstRun) return <Start />;
  if (vault.state === 'locked') return <Unlock />;
  return <Shell />;
}

/** The whole window: which stage it is at, in the language and the order of dates that was chosen. */
export function App() {
  const language = useLanguage();
  const t = useT();
  return (
    <I18nProvider locale={language === 'ru' ? 'ru-RU' : 'en-GB'}>
      <CrashGuard>
        <Stage />
      </CrashGuard>
      <ToastRegion label={t('common.notifications')} closeLabel={t('common.close')} />
    </I18nProvider>
  );
}
