import '@fontsource-variable/inter/index.css';
import './ui/tokens.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { answerFlush } from './app/flush.ts';
import { listenToMenu } from './app/menu-commands.ts';
import { startSession } from './app/session.ts';
import { listenToKeys } from './app/shortcuts.ts';

answerFlush();
listenToMenu();
listenToKeys(window);
void startSession();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
