import { raw, type Html } from '@convbook/page';

/** Id of the element that carries a run's settings, data hashes and result in its notebook. */
export const capsuleId = 'run-record';

/**
 * The record of a run as an inert part of its notebook, from which `pnpm verify` trains the run again. A browser that
 * saves the page writes the same text: nothing in it is markup, or would be written as an entity.
 *
 * @param recordText The text of a run.json without paths.
 */
export function capsuleElement(recordText: string): Html {
  const json = JSON.stringify(JSON.parse(recordText)).replace(/[<>&\u00a0]/g, escapeJson);
  return raw(`<template id="${capsuleId}">${json}</template>`);
}

function escapeJson(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
