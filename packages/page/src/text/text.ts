/** Languages of the interface; the first is the one without a choice. */
export const languages = ['en', 'ko'] as const;
/** A language of the interface. */
export type Language = (typeof languages)[number];

/** A text in every language: a missing translation does not compile. */
export interface Text<T = string> {
  readonly en: T;
  readonly ko: T;
}

/** Whether a value is a text in every language. */
export function isText(value: unknown): value is Text<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    languages.every((language) => Object.hasOwn(value, language))
  );
}

/** A text made in the same way for each language. */
export function inLanguages<T>(make: (language: Language) => T): Text<T> {
  return { en: make('en'), ko: make('ko') };
}

/** A name, which is the same in every language. */
export function toText(name: Text | string): Text {
  return typeof name === 'string' ? { en: name, ko: name } : name;
}
