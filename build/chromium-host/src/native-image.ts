/** `nativeImage`: holds an encoded picture; it does not draw. */
import { existsSync, readFileSync } from 'node:fs';
import { guardClass } from './guard.ts';

export class NativeImage {
  readonly #data: Buffer;
  constructor(data: Buffer) {
    this.#data = data;
  }
  static createEmpty(): NativeImage {
    return new NativeImage(Buffer.alloc(0));
  }
  /** Empty if there is no such file, as in Electron. */
  static createFromPath(path: string): NativeImage {
    return new NativeImage(existsSync(path) ? readFileSync(path) : Buffer.alloc(0));
  }
  static createFromBuffer(data: Buffer): NativeImage {
    return new NativeImage(Buffer.from(data));
  }
  static createFromDataURL(url: string): NativeImage {
    return new NativeImage(Buffer.from(url.slice(url.indexOf(',') + 1), url.includes(';base64,') ? 'base64' : 'utf8'));
  }
  isEmpty(): boolean {
    return this.#data.length === 0;
  }
  #isPng(): boolean {
    return this.#data.subarray(1, 4).toString('latin1') === 'PNG';
  }
  /** Pixels. Known for PNG only. */
  getSize(): { width: number; height: number } {
    if (!this.#isPng()) return { width: 0, height: 0 };
    return { width: this.#data.readUInt32BE(16), height: this.#data.readUInt32BE(20) };
  }
  toPNG(): Buffer {
    if (!this.isEmpty() && !this.#isPng())
      throw new Error('nativeImage.toPNG for pictures that are not PNG is not implemented in the Chromium host');
    return Buffer.from(this.#data);
  }
  toDataURL(): string {
    return `data:image/png;base64,${this.toPNG().toString('base64')}`;
  }
  setTemplateImage(): void {}
  isTemplateImage(): boolean {
    return false;
  }
}
guardClass(NativeImage);
