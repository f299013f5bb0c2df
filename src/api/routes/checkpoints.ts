import type { RequestHandler } from 'express';
import { ConsentFailure } from '../../domain/failures';
import { findCheckpoint, findNewestCheckpoint } from '../../store/checkpoints';
import { parameterOf } from '../authentication';
import type { ApiDependencies } from '../dependencies';

/**
 * `GET /.well-known/audit-checkpoints/latest` or `/{number}`: a signed checkpoint, for everybody. Whoever keeps one can show later
 * that nothing of what it stands for was changed or removed.
 */
export function readCheckpoint({ database }: Pick<ApiDependencies, 'database'>): RequestHandler {
  return async (request, response) => {
    const number = parameterOf(request, 'number');
    const isNumber = /^[1-9]\d{0,14}$/.test(number);
    const checkpoint =
      number === 'latest'
        ? await findNewestCheckpoint(database)
        : isNumber
          ? await findCheckpoint(database, Number(number))
          : undefined;
    if (!checkpoint) throw new ConsentFailure('checkpoint_not_found');
    // One that was taken never changes; the newest is another one after a day.
    response.set('Cache-Control', isNumber ? 'public, max-age=31536000, immutable' : 'public, max-age=300');
    response.set('Content-Location', `/.well-known/audit-checkpoints/${checkpoint.number}`);
    response.type('application/jose').send(checkpoint.signed);
  };
}
