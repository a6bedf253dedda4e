// The same form in JavaRosa: load it again and again, answer its whole numbers in turn, print milliseconds.
import java.io.FileInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.javarosa.core.model.Constants;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.data.IntegerData;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.util.JavaRosaCoreModule;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.util.XFormUtils;

public class JavaRosaBench {
    public static void main(String[] arguments) throws Exception {
        new XFormsModule().registerModule();
        new JavaRosaCoreModule().registerModule();
        List<Double> loads = new ArrayList<>();
        FormDef form = null;
        for (int i = 0; i < 20; i++) {
            long start = System.nanoTime();
            form = XFormUtils.getFormFromInputStream(new FileInputStream(arguments[0]));
            loads.add((System.nanoTime() - start) / 1e6);
        }
        FormEntryModel model = new FormEntryModel(form);
        FormEntryController controller = new FormEntryController(model);
        form.initialize(true, new InstanceInitializationFactory());
        List<FormIndex> places = new ArrayList<>();
        controller.jumpToIndex(FormIndex.createBeginningOfFormIndex());
        int event;
        while ((event = controller.stepToNextEvent()) != FormEntryController.EVENT_END_OF_FORM) {
            if (event == FormEntryController.EVENT_QUESTION
                    && model.getQuestionPrompt().getDataType() == Constants.DATATYPE_INTEGER) {
                places.add(model.getFormIndex());
            }
        }
        List<Double> answers = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            long start = System.nanoTime();
            controller.answerQuestion(places.get(i % places.size()), new IntegerData(i % 900), true);
            answers.add((System.nanoTime() - start) / 1e6);
        }
        List<Double> settled = new ArrayList<>(answers.subList(1000, 2000));
        Collections.sort(settled);
        Collections.sort(loads);
        System.out.println(loads.get(10) + " " + settled.get(500) + " " + settled.get(950));
    }
}
