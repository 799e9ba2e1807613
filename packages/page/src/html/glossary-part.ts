import type { Term } from '../text/glossary.ts';
import { languages, type Language } from '../text/text.ts';
import { html, type Html } from './html.ts';
import { termAnchor } from './mark-terms.ts';
import { detailFold } from './source-code.ts';

/** The terms, folded, in the order of each language's alphabet, each with the other language's word beside it. */
export function glossaryPart(terms: readonly Term[]): Html {
  return detailFold(
    { en: `${terms.length} terms, a sentence each`, ko: `용어 ${terms.length}개, 한 문장씩` },
    html`${languages.map((language) => glossaryIn(language, terms))}`,
  );
}

function glossaryIn(language: Language, terms: readonly Term[]): Html {
  const [other] = languages.filter((one) => one !== language);
  const order = new Intl.Collator(language).compare;
  const sorted = [...terms].sort((a, b) => order(a.name[language], b.name[language]));
  const entry = (term: Term) =>
    html`<div id="${termAnchor(term, language)}">
      <dt>
        ${term.name[language]}${
          term.name[other] !== term.name[language] &&
          html` <i lang="${other}">${term.name[other]}</i>`
        }
      </dt>
      <dd>${term.meaning[language]}</dd>
    </div>`;
  return html`<dl class="terms" lang="${language}">${sorted.map(entry)}</dl>`;
}
