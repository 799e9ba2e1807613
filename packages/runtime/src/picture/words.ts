/** What was done to a picture, or found out about it. */
export type PictureStep = keyof typeof pictureSteps;
/** Why an answer to a picture is doubtful. */
export type PictureDoubt = keyof typeof pictureDoubts;

/** The steps in words. */
export const pictureSteps = {
  transposed: { en: 'rows read as columns', ko: '행과 열을 바꿈' },
  inverted: { en: 'bright and dark turned over as asked', ko: '요청대로 명암을 뒤집음' },
  'ink from alpha': {
    en: 'ink of one colour on a transparent ground',
    ko: '투명한 바탕에 한 가지 색으로 그린 획',
  },
  'turned over': { en: 'bright and dark turned over', ko: '명암을 뒤집음' },
  'dark ink turned over': {
    en: 'turned over (dark ink on a bright ground)',
    ko: '명암을 뒤집음(밝은 바탕에 어두운 획)',
  },
  'bright ink turned over': {
    en: 'turned over (bright ink on a dark ground)',
    ko: '명암을 뒤집음(어두운 바탕에 밝은 획)',
  },
  'cut to the ink': { en: 'cut to the ink, centred', ko: '획만 잘라 가운데에 맞춤' },
  'as it is': { en: 'taken as it is', ko: '그대로 사용' },
  reduced: { en: 'reduced', ko: '축소' },
  scaled: { en: 'scaled', ko: '크기 조절' },
  'middle taken': { en: 'scaled, its middle taken', ko: '크기를 조절하고 가운데를 잘라냄' },
  'bars added': { en: 'scaled, with bars', ko: '크기를 조절하고 남는 곳을 배경색으로 채움' },
  stretched: { en: 'scaled to other proportions', ko: '가로세로 비율을 바꾸어 크기 조절' },
} as const;

/** The doubts in words. */
export const pictureDoubts = {
  'no clear ink': { en: 'no clear ink', ko: '획이 뚜렷하지 않음' },
  'other ground': {
    en: 'the ground is not that of the training images',
    ko: '바탕이 훈련 이미지의 바탕과 다름',
  },
  unsure: { en: 'no class has half of the probability', ko: '확률이 절반 이상인 클래스가 없음' },
} as const;

/** The doubts about a picture, and about the answer to it, in words. */
export function doubtsOf(
  doubts: readonly PictureDoubt[],
  probabilities: readonly number[],
): (typeof pictureDoubts)[PictureDoubt][] {
  const isUnsure = probabilities.every((probability) => probability < 0.5);
  const all: readonly PictureDoubt[] = isUnsure ? [...doubts, 'unsure'] : doubts;
  return all.map((doubt) => pictureDoubts[doubt]);
}
