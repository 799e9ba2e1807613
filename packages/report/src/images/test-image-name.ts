import type { Text } from '@convbook/page/text';

/** The name of a test image. */
export function testImageName(index: number): Text {
  return { en: `Test image ${index}`, ko: `시험 이미지 ${index}` };
}
