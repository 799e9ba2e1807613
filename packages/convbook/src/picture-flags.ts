import type { PictureSettings } from '@convbook/data/folder';

/** The option of the command for each setting of a folder of pictures. */
export const pictureFlags: Readonly<Record<keyof PictureSettings, string>> = {
  size: '--image-size',
  fit: '--fit',
  channels: '--channels',
  background: '--background',
  testShare: '--test-share',
  skipDamaged: '--skip-damaged',
};

/** The flags of the settings that are given. */
export function givenFlags(settings: object): string[] {
  const given = new Map(Object.entries(settings).filter(([, value]) => value !== undefined));
  return Object.entries(pictureFlags).flatMap(([name, flag]) => (given.has(name) ? [flag] : []));
}
