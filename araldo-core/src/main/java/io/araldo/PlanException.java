package io.araldo;

import java.util.List;

/** The routes do not make a relay: whoever writes them must act. All mistakes are reported at once. */
public class PlanException extends AraldoException {
    private static final long serialVersionUID = 1;

    /** Always an immutable list of the JDK, which is serializable. */
    @SuppressWarnings("serial")
    private final List<String> problems;

    /** One line for each problem. */
    public PlanException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each mistake by itself, as in the message. */
    public List<String> problems() {
        return problems;
    }
}
