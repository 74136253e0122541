package health.salus.contracts.records;

import health.salus.contracts.rule.Fields;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.StateView;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads heads, locations and erasures in one state. As thread-safe as the state. */
public record Records(StateView state) {
    /** The latest anchored head of the record log of {@code organization}. */
    public Optional<AnchoredHead> anchored(String organization) {
        return state.get(AnchoredHead.key(organization)).map(AnchoredHead::read);
    }

    /** Where the records of {@code patient} are. */
    public Optional<Location> location(Handle patient) {
        return state.get(Location.key(patient)).map(Location::read);
    }

    /** Height of the block in which {@code organization} noted that the record with this seal was erased. */
    public OptionalLong erased(String organization, Sha256 seal) {
        return state.get(erasureKey(organization, seal))
                .map(value -> OptionalLong.of(new Fields(value).number("height")))
                .orElse(OptionalLong.empty());
    }

    static StateKey erasureKey(String organization, Sha256 seal) {
        return new StateKey(RecordsContract.NAME, "erasure/" + organization + "/" + seal.base64Url());
    }
}
