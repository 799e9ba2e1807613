import type { Text } from '@convbook/page/markup';
import type { Source } from '../lesson.ts';

/** The five texts that the book is read beside. */
export const sources: Readonly<Record<Source, Text>> = {
  A: {
    en: 'taewan.kim, “CNN summary”',
    ko: 'taewan.kim, 합성곱 신경망 요약',
  },
  B: {
    en: 'notes on “Deep Learning from Scratch”, chapter 7',
    ko: '“밑바닥부터 시작하는 딥러닝” 7장 정리',
  },
  C: { en: 'notes on TensorFlow’s CNN tutorial', ko: 'TensorFlow 합성곱 신경망 튜토리얼 정리' },
  D: { en: '“CNN made easy” notes', ko: '합성곱 신경망을 쉽게 설명한 글' },
  E: {
    en: 'CNN lecture slides with a PyTorch model',
    ko: '합성곱 신경망 강의 슬라이드(PyTorch의 MNIST 모델)',
  },
};
