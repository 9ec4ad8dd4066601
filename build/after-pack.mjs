// Last touches on a packed folder: no default app, and only the native binaries of the platform that is packed.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Arch } from 'electron-builder';

/** Called by electron-builder after the files are in place and before signing. */
export default async function afterPack(context) {
  const resources =
    context.electronPlatformName === 'darwin'
      ? join(context.appOutDir, `${context.packager.appInfo.productFilename}.app`, 'Contents/Resources')
      : join(context.appOutDir, 'resources');
  // With a distribution folder of one's own, electron-builder leaves Electron's default app behind.
  rmSync(join(resources, 'default_app.asar'), { force: true });
  const prebuilds = join(resources, 'app.asar.unpacked/node_modules/better-sqlite3-multiple-ciphers/prebuilds');
  if (!existsSync(prebuilds) || context.arch === Arch.universal) return;
  const platform = context.electronPlatformName;
  const arch = Arch[context.arch];
  for (const name of readdirSync(prebuilds)) {
    // linux-x64.node and, for musl systems, linuxmusl-x64.node
    const fits = name.startsWith(platform) && name.endsWith(`-${arch}.node`);
    if (!fits) rmSync(join(prebuilds, name), { force: true });
  }
}
