package health.salus.contracts.access;

import health.salus.contracts.network.Attribute;
import java.util.EnumSet;
import java.util.Set;

/** What records are used for: codes of the HL7 v3 value set PurposeOfUse. */
public enum PurposeOfUse {
    /** Treatment. */
    TREAT,
    /** Emergency treatment. */
    ETREAT,
    /** Healthcare payment. */
    HPAYMT,
    /** Healthcare operations. */
    HOPERAT,
    /** Healthcare research; the custodian's own staff need a grant for it as well. */
    HRESCH,
    /** Public health. */
    PUBHLTH,
    /** Patient requested; the patient asks for it with their own key. */
    PATRQT,
    /** Family requested. */
    FAMRQT;

    /** Attributes, one of which the custodian's own staff need to use records for this without a grant. */
    public Set<Attribute> staff() {
        return switch (this) {
            case TREAT, ETREAT ->
                EnumSet.of(Attribute.CLINICIAN, Attribute.NURSE, Attribute.EMERGENCY, Attribute.GATEWAY);
            case HPAYMT, PUBHLTH -> EnumSet.of(Attribute.REGISTRAR, Attribute.GATEWAY);
            case HOPERAT -> EnumSet.of(Attribute.REGISTRAR, Attribute.AUDITOR, Attribute.GATEWAY);
            case HRESCH, PATRQT, FAMRQT -> EnumSet.noneOf(Attribute.class);
        };
    }
}
