import type { CollectionProblem } from '../../domain/difference.ts';
import { RefusedError } from '../refused.ts';

const PROBLEMS: Readonly<Record<CollectionProblem, string>> = {
  'KR-11-cannot-import': 'this card takes no key from outside; use one that does (YubiKey and the like)',
  'KR-07-too-few-slots': 'there are not places enough on a card; choose what is left for another time',
  'KR-05-last-copy': 'nothing would be left of a key that is not archived',
  'KR-07-gap': 'this card cannot close the gap that would be left',
};

export function refuseProblem(problem: CollectionProblem): RefusedError {
  return new RefusedError(409, problem, `collect card: ${PROBLEMS[problem]}`);
}
