// Last touches on a packed folder: no default app.
import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** Called by electron-builder after the files are in place and before signing. */
export default async function afterPack(context) {
  const resources =
    context.electronPlatformName === 'darwin'
      ? join(context.appOutDir, `${context.packager.appInfo.productFilename}.app`, 'Contents/Resources')
      : join(context.appOutDir, 'resources');
  // With a distribution folder of one's own, electron-builder leaves Electron's default app behind.
  rmSync(join(resources, 'default_app.asar'), { force: true });
}
