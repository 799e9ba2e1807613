// pnpm report RUN
import 'convbook/commands/report';
