// The words in which a run directory is refused are those of its checks in @convbook/layers.
export { refuseRunFile as refuse } from '@convbook/layers';
export { showValue as show } from '@convbook/core';
