// The words in which a run directory is refused are those of its checks in @convbook/run.
export { refuseRunFile as refuse } from '@convbook/run';
export { showValue as show } from '@convbook/core';
