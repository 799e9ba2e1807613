import type { Text } from '@convbook/page/markup';
import type { Source } from '../lesson.ts';

/** The five texts that the book is read beside. */
export const sources: Readonly<Record<Source, Text>> = {
  A: {
    en: 'taewan.kim, “CNN summary”',
    ko: 'taewan.kim, “CNN, Convolutional Neural Network 요약”',
  },
  B: {
    en: 'notes on “Deep Learning from Scratch”, chapter 7',
    ko: '“밑바닥부터 시작하는 딥러닝” 7장 정리',
  },
  C: { en: 'notes on TensorFlow’s CNN tutorial', ko: 'TensorFlow CNN 튜토리얼 정리' },
  D: { en: '“CNN made easy” notes', ko: '“CNN 쉽게 이해하기” 정리' },
  E: {
    en: 'CNN lecture slides with a PyTorch model',
    ko: 'CNN 강의 슬라이드(PyTorch MNIST 모델)',
  },
};
