// pnpm train
import 'convbook/commands/train';
