package health.salus.contracts.records;

import health.salus.contracts.access.Access;
import health.salus.contracts.access.Patient;
import health.salus.contracts.network.Attribute;
import health.salus.contracts.network.Certificate;
import health.salus.contracts.network.Members;
import health.salus.contracts.network.Organization;
import health.salus.contracts.records.RecordsAction.Anchor;
import health.salus.contracts.records.RecordsAction.Erase;
import health.salus.contracts.records.RecordsAction.Locate;
import health.salus.contracts.records.RecordsAction.Relocate;
import health.salus.contracts.rule.Rejection;
import health.salus.contracts.rule.TypedContract;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.identity.Role;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Event;
import health.salus.ledger.contract.WorldState;
import health.salus.tlog.merkle.TreeHead;
import java.util.List;
import java.util.function.Predicate;

/**
 * Records. An organization anchors its record log's heads and so cannot rewrite its past: a head that does not extend the
 * one before is rejected, and the signed attempt stays in the ledger as evidence.
 */
public final class RecordsContract extends TypedContract<RecordsAction> {
    /** Its name. */
    public static final String NAME = "records";

    public RecordsContract() {
        super(NAME, 1, RecordsSchema.ACTIONS);
    }

    @Override
    protected List<Event> apply(RecordsAction action, Call call, WorldState state) {
        return List.of(
                switch (action) {
                    case Anchor anchor -> anchor(anchor, call, state);
                    case Locate(Handle patient, String url) -> {
                        Rejection.LOCATED_ALREADY.when(
                                new Records(state).location(patient).isPresent());
                        yield locate(patient, url, call, state);
                    }
                    case Relocate(Handle patient, String url) -> {
                        Rejection.NOT_LOCATED.when(
                                new Records(state).location(patient).isEmpty());
                        yield locate(patient, url, call, state);
                    }
                    case Erase(Sha256 seal) -> erase(seal, call, state);
                });
    }

    private static Event anchor(Anchor anchor, Call call, WorldState state) {
        Certificate signer = signer(
                call, state, certificate -> certificate.hasAny(Attribute.GATEWAY) || certificate.role() == Role.PEER);
        TreeHead head = anchor.head();
        TreeHead before = new Records(state)
                .anchored(signer.organization())
                .map(AnchoredHead::head)
                .orElse(TreeHead.EMPTY);
        Rejection.HEAD_GOES_BACK.when(head.size() < before.size());
        Rejection.HEAD_UNCHANGED.when(head.equals(before));
        Rejection.EQUIVOCATION.when(head.size() == before.size());
        Rejection.INCONSISTENT_HEAD.unless(anchor.proof().check(before, head).isVerified());
        state.put(AnchoredHead.key(signer.organization()), new AnchoredHead(head, call.height()).write());
        return new Event(
                "records.anchored",
                JsonObject.builder()
                        .put("organization", signer.organization())
                        .put("size", head.size())
                        .put("root", head.root().base64Url())
                        .build());
    }

    private static Event locate(Handle handle, String url, Call call, WorldState state) {
        Patient patient = new Access(state).patient(handle).orElseThrow(Rejection.UNKNOWN_PATIENT);
        Certificate signer = signer(call, state, RecordsContract::keepsRecords);
        Rejection.NOT_AUTHORIZED.unless(signer.organization().equals(patient.custodian()));
        Organization custodian =
                new Members(state).organization(patient.custodian()).orElseThrow(Rejection.UNKNOWN_ORGANIZATION);
        Rejection.WRONG_LOCATION.unless(url.equals(custodian.gateway() + "/Patient/" + handle));
        state.put(Location.key(handle), new Location(patient.custodian(), url).write());
        return new Event(
                "records.located",
                JsonObject.builder()
                        .put("patient", handle.value())
                        .put("custodian", patient.custodian())
                        .put("url", url)
                        .build());
    }

    private static Event erase(Sha256 seal, Call call, WorldState state) {
        Certificate signer = signer(call, state, RecordsContract::keepsRecords);
        Rejection.ERASED_ALREADY.when(
                new Records(state).erased(signer.organization(), seal).isPresent());
        state.put(
                Records.erasureKey(signer.organization(), seal),
                JsonObject.builder().put("height", call.height()).build());
        return new Event(
                "records.erased",
                JsonObject.builder()
                        .put("organization", signer.organization())
                        .put("seal", seal.base64Url())
                        .build());
    }

    private static boolean keepsRecords(Certificate certificate) {
        return certificate.hasAny(Attribute.GATEWAY, Attribute.REGISTRAR);
    }

    private static Certificate signer(Call call, WorldState state, Predicate<Certificate> may) {
        return new Members(state)
                .inForce(call.signer(), call.time())
                .filter(may)
                .orElseThrow(Rejection.NOT_AUTHORIZED);
    }
}
