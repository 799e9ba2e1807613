import { html } from '@convbook/page/markup';
import type { Lesson } from '../../lesson.ts';
import { trainFigure } from './figure.ts';
import { heldOutDigits, trainingDigits, trainingRecord } from './record.ts';

export const trainHereLesson: Lesson = {
  id: 'train-here',
  title: { en: 'Train it here', ko: '여기서 학습시키기' },
  question: { en: 'q', ko: '질' },
  parts: [{ figure: trainFigure, caption: { en: 'c', ko: '설' } }],
  notice: [],
  checks: [],
  example: 'train-here.example.ts',
  data: {
    'training-digits': trainingDigits,
    'held-out-digits': heldOutDigits,
    'training-record': trainingRecord,
  },
  notebook: 'training',
  sources: [],
};
