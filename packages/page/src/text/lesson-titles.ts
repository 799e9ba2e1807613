// The lessons of the book by their anchors, in its order: a notebook names them, too.
import type { Text } from './text.ts';

/** The title of each lesson. */
export const lessonTitles = {
  'plain-network': { en: 'Why not a plain network?', ko: '왜 완전연결 신경망으로는 부족할까?' },
  convolution: { en: 'Convolution, one number at a time', ko: '합성곱, 수 하나씩' },
  channels: { en: 'Channels and filters', ko: '채널과 필터' },
  'stride-and-padding': { en: 'Stride and padding', ko: '스트라이드와 패딩' },
  pooling: { en: 'Pooling', ko: '풀링' },
  'filters-by-hand': { en: 'Filters by hand', ko: '손으로 만드는 필터' },
  'digit-two': { en: 'What is in a “2”?', ko: '숫자 2에는 무엇이 들어 있을까?' },
  sizes: { en: 'Sizes and parameters', ko: '크기와 매개변수 세기' },
  im2col: {
    en: 'im2col: convolution as one matrix product',
    ko: 'im2col: 합성곱을 행렬 곱 한 번으로',
  },
  backwards: { en: 'Backwards', ko: '역전파' },
  downhill: { en: 'Going downhill', ko: '내리막길' },
  beginnings: { en: 'How to begin', ko: '가중치의 초깃값' },
  'train-here': { en: 'Train it here', ko: '여기서 학습시키기' },
  'deeper-layers': { en: 'What deeper layers see', ko: '깊은 층은 무엇을 볼까?' },
  'lenet-and-alexnet': { en: 'LeNet and AlexNet', ko: 'LeNet과 AlexNet' },
  'many-workers': { en: 'Many workers, one result', ko: '여러 워커, 같은 결과' },
} as const satisfies Readonly<Record<string, Text>>;

/** Anchor of a lesson. */
export type LessonId = keyof typeof lessonTitles;
