/** What central answers to the operator's pages has the shapes that flow and screens use. */
import { expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import type { AuditLine, CardPage, OperationLine, PersonPage } from '../../src/domain/desk-pages.ts';
import type { auditPage, cardPage, operationsPage, personPage } from '../../src/protocol/desk.ts';

test('the pages of the protocol and of the domain are the same', () => {
  expectTypeOf<Whole<z.infer<typeof personPage>>>().toEqualTypeOf<Whole<PersonPage>>();
  expectTypeOf<Whole<z.infer<typeof cardPage>>>().toEqualTypeOf<Whole<CardPage>>();
  expectTypeOf<Whole<z.infer<typeof operationsPage>['operations']>>().toEqualTypeOf<
    Whole<readonly OperationLine[]>
  >();
  expectTypeOf<Whole<z.infer<typeof auditPage>['lines']>>().toEqualTypeOf<Whole<readonly AuditLine[]>>();
});

/** Whatever is said in pieces is said in one, and nothing may be changed. */
type Whole<T> = T extends readonly (infer One)[]
  ? readonly Whole<One>[]
  : T extends object
    ? { readonly [Name in keyof T]: Whole<T[Name]> }
    : T;
