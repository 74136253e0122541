package health.salus.contracts.records;

import health.salus.contracts.records.RecordsAction.Anchor;
import health.salus.contracts.records.RecordsAction.Erase;
import health.salus.contracts.records.RecordsAction.Locate;
import health.salus.contracts.records.RecordsAction.Relocate;
import health.salus.contracts.rule.Actions;

/** The actions of the contract {@code records} by name; the names stay. */
final class RecordsSchema {
    static final Actions<RecordsAction> ACTIONS = Actions.<RecordsAction>none()
            .with("anchor", Anchor.class, Anchor::read)
            .with("erase", Erase.class, Erase::read)
            .with("locate", Locate.class, Locate::read)
            .with("relocate", Relocate.class, Relocate::read);

    private RecordsSchema() {}
}
