// Korean particles depend on the last sound of the word before them, and of a number on how it is read.

/** A particle after a consonant, and after a vowel. */
const particles = {
  은: '는',
  이: '가',
  을: '를',
  과: '와',
  으로: '로',
} as const;

export type Particle = keyof typeof particles;

/** Digits that end in a vowel when read: 이, 사, 오, 구. */
const vowels = '2459';
/** Digits that end in ㄹ: 일, 칠, 팔. */
const liquids = '178';

/** A number, or what ends in one, with its particle: `3을`, `4를`, `(90, 75)가`, `100으로`, `0.01로`. */
export function withParticle(text: string | number, particle: Particle): string {
  const end = lastDigit(String(text));
  const isShort = vowels.includes(end) || (particle === '으로' && liquids.includes(end));
  return `${text}${isShort ? particles[particle] : particle}`;
}

/** The digit that is read last; 0 also for 십, 백, 천 and 만, which end in a consonant, too. */
function lastDigit(text: string): string {
  return /\d(?=\D*$)/.exec(text)?.[0] ?? '0';
}
