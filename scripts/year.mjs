import { bootstrap, handOver } from './bootstrap.mjs';

bootstrap();
handOver(['dist/scripts/year/main.js', ...process.argv.slice(2)]);
